"""What a batch of records says together: the register of agreements, and what a person should look at."""
