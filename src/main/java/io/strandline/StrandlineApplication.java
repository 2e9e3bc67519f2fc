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
        SpringApplication.run(StrandlineApplication.class, args);
    }
}
