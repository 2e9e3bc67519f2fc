package io.strandline.security.door;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.security.Authenticator;
import io.strandline.security.SecuritySettings;
import io.strandline.security.limit.LimitFilter;
import io.strandline.security.route.RouteTable;
import io.strandline.web.ProblemWriter;
import io.strandline.web.guard.DoorOrder;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's part of the door: known caller, role, share. No sessions, no forms, no cookies, and so nothing that a
 * page of another origin could make use of. Headers are set by the room {@code web.guard}, with or without it.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityChain {

    private static final String CHAIN = "springSecurityFilterChain";

    /** Only where callers are to be known; requests that go on in the background were let in before. */
    @Bean
    DelegatingFilterProxyRegistrationBean securityDoor(SecuritySettings settings) {
        DelegatingFilterProxyRegistrationBean door = new DelegatingFilterProxyRegistrationBean(CHAIN);
        door.setOrder(DoorOrder.AUTHENTICATION);
        door.setDispatcherTypes(DispatcherType.REQUEST);
        door.setEnabled(settings.authenticates());
        return door;
    }

    @Bean
    SecurityFilterChain callers(
            HttpSecurity http,
            SecuritySettings settings,
            List<Authenticator> authenticators,
            Refusals refusals,
            ProblemWriter problems) {
        CredentialsFilter credentials = new CredentialsFilter(authenticators, refusals, problems);
        LimitFilter limits = new LimitFilter(settings.limits(), problems);
        return http.csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(every -> every.anyRequest().access(new RouteAuthorization(new RouteTable())))
                .addFilterBefore(credentials, AnonymousAuthenticationFilter.class)
                .addFilterBefore(limits, AuthorizationFilter.class)
                .build();
    }

    /** Names of methods are judged by the table of routes, and a percent sign is part of many a key. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler rejectedRequests(ProblemWriter problems) {
        return (request, response, rejected) -> problems.write(
                Problem.of(
                        ErrorCode.BAD_REQUEST,
                        "The path or a header has characters that no call of this server needs."),
                request,
                response);
    }
}
