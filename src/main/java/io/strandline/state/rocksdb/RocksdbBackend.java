package io.strandline.state.rocksdb;

import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.StateBackend;
import io.strandline.state.instance.TableInstance;
import io.strandline.state.instance.TableParts;
import java.io.IOException;
import java.util.List;

/** Keeps as much state on the heap as the memory budget allows, over runs that are RocksDB's table files. */
public final class RocksdbBackend implements StateBackend {

    private final RunFormat writes;
    private final List<RunFormat> reads;

    /**
     * The backend {@code rocksdb}.
     *
     * @param writes the format of new runs
     * @param reads every format a restored version may have
     */
    public RocksdbBackend(SstRunFormat writes, List<RunFormat> reads) {
        this.writes = writes;
        this.reads = List.copyOf(reads);
    }

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public InstanceState open(InstanceStateRequest request) throws IOException {
        return new TableInstance(request, new TableParts(writes, reads, true));
    }
}
