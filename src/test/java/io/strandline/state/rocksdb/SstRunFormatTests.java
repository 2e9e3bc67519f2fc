package io.strandline.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.state.RunFormat;
import io.strandline.state.RunFormatContract;
import io.strandline.storage.BlobReader;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;

class SstRunFormatTests extends RunFormatContract {

    @Override
    protected RunFormat format() {
        return new SstRunFormat();
    }

    @Test
    void isIngestedByRocksdb() throws Exception {
        NavigableMap<String, String> written = entries(5000);
        try (BlobReader blob = write(written);
                Options options = new Options().setCreateIfMissing(true);
                IngestExternalFileOptions ingesting = new IngestExternalFileOptions();
                RocksDB database =
                        RocksDB.open(options, directory.resolve("database").toString())) {
            database.ingestExternalFile(List.of(blob.path().orElseThrow().toString()), ingesting);
            NavigableMap<String, String> read = new TreeMap<>();
            try (RocksIterator iterator = database.newIterator()) {
                for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                    read.put(hex(iterator.key()), hex(iterator.value()));
                }
            }
            read.remove(hex(SstRunFormat.FILTER_KEY));
            written.values().removeIf("deleted"::equals);
            assertThat(read).isEqualTo(written);
        }
    }
}
