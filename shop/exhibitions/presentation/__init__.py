"""The exhibitions for other people's viewers: IIIF Presentation 3.0 and Content Search 2.0.

Dictionaries as the specifications write them (https://iiif.io/api/presentation/3.0/ and
https://iiif.io/api/search/2.0/). Every address is absolute, from the site's public one.
"""
