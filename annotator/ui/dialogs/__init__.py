"""The windows that ask something or show something beside the work, and the lists within them."""
