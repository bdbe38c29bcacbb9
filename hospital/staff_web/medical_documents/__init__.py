"""Medical documents at the desks: written in the visit, listed in the register of certificates (D55, N05, N19)."""
