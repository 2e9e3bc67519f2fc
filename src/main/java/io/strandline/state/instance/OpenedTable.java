package io.strandline.state.instance;

import io.strandline.state.table.HotTable;

/**
 * A table as a subtask gets it.
 *
 * @param flush writes its freezes
 */
record OpenedTable(HotTable table, TableFlush flush) {}
