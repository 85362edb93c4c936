"""What officers type: at the desk, about money, and as curators of the gallery."""

from shop.office.forms.desk import ContactForm, HandInForm, NettingForm, RateForm, TransferForm

__all__ = ["ContactForm", "HandInForm", "NettingForm", "RateForm", "TransferForm"]
