"""Carriers, dated rates, packing rules and what a parcel costs."""
