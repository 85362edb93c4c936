"""Banks that transfers in Việt Nam go to, by the six digits NAPAS knows them by.

After the list that the library vietnam-qr-pay keeps (MIT, 2026), under the names banks go by now;
left out are branches of foreign banks that take no transfers to private accounts.
"""

from __future__ import annotations

BANKS = {
    "970425": "ABBANK",
    "970416": "ACB",
    "970405": "Agribank",
    "970409": "Bac A Bank",
    "970438": "BaoViet Bank",
    "970418": "BIDV",
    "970454": "BVBank (Bản Việt)",
    "546034": "Cake by VPBank",
    "422589": "CIMB",
    "970446": "Co-opBank",
    "970431": "Eximbank",
    "970408": "GPBank",
    "970437": "HDBank",
    "970442": "Hong Leong Bank",
    "458761": "HSBC",
    "970434": "Indovina Bank",
    "970452": "Kienlongbank",
    "970449": "LPBank",
    "970422": "MB (Quân đội)",
    "970414": "MBV",
    "970426": "MSB",
    "970428": "Nam A Bank",
    "970419": "NCB",
    "970448": "OCB",
    "970430": "PGBank",
    "970439": "Public Bank",
    "970412": "PVcomBank",
    "970403": "Sacombank",
    "970400": "Saigonbank",
    "970429": "SCB",
    "970440": "SeABank",
    "970443": "SHB",
    "970424": "Shinhan Bank",
    "970410": "Standard Chartered",
    "970407": "Techcombank",
    "970423": "TPBank",
    "546035": "Ubank by VPBank",
    "970458": "UOB",
    "970444": "VCBNeo",
    "970441": "VIB",
    "970427": "VietABank",
    "970433": "VietBank",
    "970436": "Vietcombank",
    "970415": "VietinBank",
    "970406": "Vikki Bank",
    "970432": "VPBank",
    "970421": "VRB",
    "970457": "Woori Bank",
}
"""BIN → the name people know the bank by, in alphabetical order of the names."""


def bank_name(bank_bin: str | None) -> str:
    return BANKS.get(bank_bin or "", bank_bin or "")
