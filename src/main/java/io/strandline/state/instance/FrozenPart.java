package io.strandline.state.instance;

import io.strandline.state.table.TableUpkeep;

/**
 * One table's share of a freeze.
 *
 * @param flush writes it
 */
record FrozenPart(TableFlush flush, TableUpkeep.Freeze freeze) {}
