package io.strandline.state.instance;

import io.strandline.state.table.HotTable;

/**
 * One table's share of a freeze.
 *
 * @param flush writes it
 */
record FrozenPart(TableFlush flush, HotTable.Freeze freeze) {}
