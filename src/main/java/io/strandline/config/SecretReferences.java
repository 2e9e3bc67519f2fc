package io.strandline.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Lets a setting name a secret, {@code ${secret:NAME}}, in place of writing it down: it is the content of the file {@code NAME} in
 * {@code strandline.secrets.dir}, or the environment's {@code STRANDLINE_SECRET_NAME}. One that is nowhere stops the start.
 */
class SecretReferences implements EnvironmentPostProcessor {

    private static final String DIRECTORY = "strandline.secrets.dir";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addFirst(new Secrets(environment::getProperty));
    }

    /** Where secrets come from, as a source of properties whose names begin with {@code secret:}. */
    static final class Secrets extends PropertySource<String> {

        private static final String PREFIX = "secret:";
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

        private final UnaryOperator<@Nullable String> settings;

        Secrets(UnaryOperator<@Nullable String> settings) {
            super("secrets", "secrets");
            this.settings = settings;
        }

        @Override
        public @Nullable Object getProperty(String name) {
            if (!name.startsWith(PREFIX)) {
                return null;
            }
            String secret = name.substring(PREFIX.length());
            if (!NAME.matcher(secret).matches()) {
                throw new IllegalStateException("'" + secret + "' is not the name of a secret");
            }
            String directory = settings.apply(DIRECTORY);
            Path file = directory == null ? null : Path.of(directory).resolve(secret);
            if (file != null && Files.isRegularFile(file)) {
                return content(file);
            }
            String variable =
                    "STRANDLINE_SECRET_" + secret.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            String value = settings.apply(variable);
            if (value == null) {
                throw new IllegalStateException("There is no secret " + secret + ": neither a file of this name in "
                        + DIRECTORY + " nor " + variable + " in the environment.");
            }
            return value;
        }

        private static String content(Path file) {
            try {
                return Files.readString(file).stripTrailing();
            } catch (IOException e) {
                throw new UncheckedIOException("the secret " + file.getFileName() + " cannot be read", e);
            }
        }
    }
}
