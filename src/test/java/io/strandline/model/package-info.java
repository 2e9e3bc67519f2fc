/**
 * The server's versions, refs and garbage collection against plain maps: random scripts of everything that may be done,
 * power cuts among it, run by the real verbs on the real ledger, journal, catalog, state backends and file store. Only the
 * stream is missing: instances have state that a script changes.
 */
@NullMarked
package io.strandline.model;

import org.jspecify.annotations.NullMarked;
