package io.strandline.config;

import io.strandline.inspect.SnapshotOpener;
import io.strandline.state.RunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.run.SnapshotReaders;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The encodings of runs, and readers of versions that know all of them. */
@Configuration(proxyBeanMethods = false)
class StateConfiguration {

    @Bean
    RunFormat flatRuns() {
        return new FlatRunFormat();
    }

    @Bean
    SnapshotOpener snapshotOpener(List<RunFormat> formats) {
        return new SnapshotReaders(formats)::open;
    }
}
