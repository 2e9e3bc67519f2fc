package io.strandline;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The server: {@code java -jar strandline.jar} serves the version-control API for streaming state. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StrandlineApplication {

    /** Starts the server; arguments are Spring Boot's ({@code --server.port=…}, {@code --strandline.data-dir=…}). */
    public static void main(String[] args) {
        // a stop that was asked for is a success; left alone, the JVM would exit with 128 + 15
        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), signal -> System.exit(0));
        SpringApplication.run(StrandlineApplication.class, args);
    }
}
