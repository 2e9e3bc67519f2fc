package io.strandline.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class BindGuardTests {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.5.5.5", "::1"})
    void listensOnLoopback(String address) {
        assertThatCode(() -> guard(false).customize(listeningOn(address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.168.1.2", "::"})
    void refusesToListenElsewhereUnlessToldSo(String address) {
        assertThatThrownBy(() -> guard(false).customize(listeningOn(address)))
                .isInstanceOf(UnsafeBindException.class)
                .hasMessageContaining("without authentication");
        assertThatCode(() -> guard(true).customize(listeningOn(address))).doesNotThrowAnyException();
    }

    @Test
    void refusesToListenEverywhere() {
        assertThatThrownBy(() -> guard(false).customize(new TomcatServletWebServerFactory()))
                .isInstanceOf(UnsafeBindException.class);
    }

    @Test
    void tellsTheOperatorWhatToDo() {
        FailureAnalysis analysis = new UnsafeBindAnalyzer()
                .analyze(new IllegalStateException("start failed", new UnsafeBindException("0.0.0.0")));

        assertThat(analysis)
                .extracting(FailureAnalysis::getDescription)
                .asString()
                .contains("0.0.0.0");
        assertThat(analysis)
                .extracting(FailureAnalysis::getAction)
                .asString()
                .contains("strandline.security.allow-unauthenticated=true");
    }

    private static BindGuard guard(boolean allow) {
        return new BindGuard(new SecuritySettings(List.of("localhost"), allow));
    }

    private static TomcatServletWebServerFactory listeningOn(String address) throws UnknownHostException {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        factory.setAddress(InetAddress.getByName(address));
        return factory;
    }
}
