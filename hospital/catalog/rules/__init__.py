"""Pure rules of the catalog: which surcharge a thing takes, and what a composite is made of."""
