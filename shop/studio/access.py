def is_member() -> bool:
    return False
