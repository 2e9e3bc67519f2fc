package io.strandline.security.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.security.SecuritySettings;
import io.strandline.security.SecuritySettings.Limits;
import io.strandline.security.SecuritySettings.OAuth2;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
    void listensAnywhereOnceCallersSayWhoTheyAre() {
        assertThatCode(() -> guard(SecuritySettings.Mode.API_KEY, false).customize(listeningOn("0.0.0.0")))
                .doesNotThrowAnyException();
    }

    @Test
    void endsTheProcessWithACodeOfItsOwn() {
        assertThat(new UnsafeBindException("0.0.0.0").getExitCode()).isEqualTo(15);
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
        return guard(SecuritySettings.Mode.NONE, allow);
    }

    private static BindGuard guard(SecuritySettings.Mode mode, boolean allow) {
        OAuth2 oauth2 = new OAuth2(null, null, null, "sub", "roles", "v", "o", "a", null);
        return new BindGuard(new SecuritySettings(mode, allow, oauth2, new Limits(1, 1, 1)));
    }

    private static TomcatServletWebServerFactory listeningOn(String address) throws UnknownHostException {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        factory.setAddress(InetAddress.getByName(address));
        return factory;
    }
}
