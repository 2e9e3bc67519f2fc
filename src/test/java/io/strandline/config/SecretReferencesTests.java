package io.strandline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SecretReferencesTests {

    @TempDir
    private Path directory;

    private final StandardEnvironment environment = new StandardEnvironment();

    @BeforeEach
    void set() throws IOException {
        Files.writeString(directory.resolve("DATABASE"), "from a file\n");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "test",
                        Map.of(
                                "strandline.secrets.dir", directory.toString(),
                                "STRANDLINE_SECRET_HOOK_KEY", "from the environment",
                                "in.file", "${secret:DATABASE}",
                                "in.environment", "a ${secret:hook-key} b",
                                "in.nothing", "${secret:MISSING}",
                                "in.another", "${secret:../DATABASE}")));
        new SecretReferences().postProcessEnvironment(environment, new SpringApplication());
    }

    @Test
    void readsAFileWithoutTheEndOfItsLine() {
        assertThat(environment.getProperty("in.file")).isEqualTo("from a file");
        assertThat(Binder.get(environment).bind("in.file", String.class).get()).isEqualTo("from a file");
    }

    @Test
    void readsTheEnvironmentOtherwise() {
        assertThat(environment.getProperty("in.environment")).isEqualTo("a from the environment b");
    }

    @Test
    void stopsAtASecretThatIsNowhere() {
        assertThatIllegalStateException()
                .isThrownBy(() -> environment.getProperty("in.nothing"))
                .withMessageContaining("There is no secret MISSING")
                .withMessageContaining("STRANDLINE_SECRET_MISSING");
    }

    @Test
    void readsNoFileBesideItsDirectory() {
        assertThatIllegalStateException()
                .isThrownBy(() -> environment.getProperty("in.another"))
                .withMessageContaining("not the name of a secret");
    }
}
