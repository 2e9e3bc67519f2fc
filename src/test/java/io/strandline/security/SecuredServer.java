package io.strandline.security;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.strandline.OwnServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/** A server whose callers have to say who they are by API keys; one for all the classes of tests that ask for it. */
final class SecuredServer implements AutoCloseable {

    private final Path top;
    private final OwnServer server;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Calls calls;
    private final String admin;

    private SecuredServer(Path top) throws IOException {
        this.top = top;
        Files.createDirectories(top.resolve("secrets"));
        for (Canary canary : Canary.values()) {
            Files.writeString(top.resolve("secrets").resolve(canary.file()), canary.text() + "\n");
        }
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
        logged.start();
        List<String> settings = new ArrayList<>(Canary.settings());
        settings.addAll(List.of(
                "--strandline.secrets.dir=" + top.resolve("secrets"),
                "--strandline.security.authentication=API_KEY",
                "--strandline.security.limits.requests-per-second=100000",
                "--strandline.security.limits.burst=100000",
                "--strandline.events.heartbeat=200ms"));
        server = OwnServer.on(directory(), settings);
        calls = new Calls(server.address());
        admin = "Bearer "
                + Files.readString(directory().resolve("first-admin-key")).strip();
    }

    /** Its data directory. */
    Path directory() {
        return top.resolve("data");
    }

    Calls calls() {
        return calls;
    }

    String address() {
        return server.address();
    }

    /** What the administrator sends as Authorization. */
    String admin() {
        return admin;
    }

    Callers callers() {
        return new Callers(calls, admin);
    }

    /** Everything that was logged since it was started. */
    List<ILoggingEvent> logged() {
        return List.copyOf(logged.list);
    }

    /** A part of it. */
    <T> T part(Class<T> type) {
        return server.part(type);
    }

    @Override
    public void close() throws IOException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
        server.close();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Hands the server to whoever has it as a parameter, and stops it after the last test of all. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == SecuredServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return extension
                    .getRoot()
                    .getStore(Namespace.create(SecuredServer.class))
                    .computeIfAbsent(SecuredServer.class, any -> start(), SecuredServer.class);
        }

        private static SecuredServer start() {
            try {
                return new SecuredServer(Files.createTempDirectory("secured"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
