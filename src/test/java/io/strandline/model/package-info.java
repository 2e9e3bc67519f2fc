/**
 * The server's versions, refs and garbage collection against plain maps: random scripts of everything that may be done,
 * power cuts among it, run on the real ledger, journal, catalog and file store.
 */
@NullMarked
package io.strandline.model;

import org.jspecify.annotations.NullMarked;
