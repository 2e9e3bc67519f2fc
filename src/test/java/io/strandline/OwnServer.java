package io.strandline;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A server of a test's own, on a data directory of its own, that can be stopped and started again. */
public final class OwnServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private OwnServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a server on a free port; {@code parts} are added to the application's own. */
    public static OwnServer on(Path dataDirectory, Class<?>... parts) {
        return on(dataDirectory, List.of(), parts);
    }

    /** Starts a server on a free port with further settings, such as {@code --strandline.demo=true}. */
    public static OwnServer on(Path dataDirectory, List<String> settings, Class<?>... parts) {
        Class<?>[] sources = Stream.concat(Stream.of(StrandlineApplication.class), Arrays.stream(parts))
                .toArray(Class<?>[]::new);
        List<String> all = new ArrayList<>(settings);
        all.add("--server.port=0");
        all.add("--strandline.data-dir=" + dataDirectory);
        all.add("--springdoc.pre-loading-enabled=false");
        return new OwnServer(new SpringApplicationBuilder(sources).run(all.toArray(String[]::new)));
    }

    /** Where it listens. */
    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Where it listens, such as {@code http://127.0.0.1:34567}. */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    /** REST Assured's specification for this server. */
    public RequestSpecification api() {
        return new RequestSpecBuilder()
                .setBaseUri(address())
                .addFilter(new ProvokedCodes())
                .build();
    }

    /** Calls of this server. */
    public JobCalls jobs() {
        return new JobCalls(this::api);
    }

    /** A part of it. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
