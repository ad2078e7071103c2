package recorder

// IDOf makes an id from a text.
var IDOf = idOf
