"""The craft fund in public: what comes in, what it gives, and what of the craft grows by it."""
