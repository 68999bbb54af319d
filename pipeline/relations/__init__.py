"""Learned judges of relations: who gives and who receives, who agrees with whom. Rules say what stands where; a judge weighs it."""
