package io.strandline.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may talk to the server, and how much.
 *
 * @param authentication nobody has to say who they are (NONE); callers send an API key (API_KEY); or a token of an issuer or
 *     an API key (OAUTH2)
 * @param allowUnauthenticated true to listen on other addresses than loopback although nobody has to authenticate
 * @param oauth2 whose tokens count
 * @param limits how much one caller may ask for
 */
@ConfigurationProperties("strandline.security")
public record SecuritySettings(
        @DefaultValue("NONE") Mode authentication,
        @DefaultValue("false") boolean allowUnauthenticated,
        @DefaultValue OAuth2 oauth2,
        @DefaultValue Limits limits) {

    public SecuritySettings {
        if (authentication == Mode.OAUTH2 && oauth2.issuer() == null) {
            throw new IllegalArgumentException(
                    "strandline.security.authentication=OAUTH2 needs strandline.security.oauth2.issuer");
        }
    }

    /** Whether callers have to say who they are. */
    public boolean authenticates() {
        return authentication != Mode.NONE;
    }

    /** How callers say who they are. */
    public enum Mode {
        NONE,
        API_KEY,
        OAUTH2
    }

    /**
     * Whose tokens count, and what they say.
     *
     * @param issuer the issuer's URL; its keys are found from there, as OpenID Connect has it
     * @param jwkSetUri where its keys are, if not where the issuer says
     * @param audience what tokens must be for; any when absent
     * @param nameClaim the claim that names the caller in the audit
     * @param rolesClaim the claim with the caller's roles, a dot between the names of nested ones
     * @param viewer the role in the token that makes a viewer
     * @param operator the role in the token that makes an operator
     * @param admin the role in the token that makes an admin
     * @param jobsClaim the claim with the names of the jobs that a token is for; without this setting tokens are for all jobs,
     *     with it a token without the claim is refused
     */
    public record OAuth2(
            @Nullable String issuer,
            @Nullable String jwkSetUri,
            @Nullable String audience,
            @DefaultValue("sub") String nameClaim,
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue("strandline-viewer") String viewer,
            @DefaultValue("strandline-operator") String operator,
            @DefaultValue("strandline-admin") String admin,
            @Nullable String jobsClaim) {}

    /**
     * How much one caller may ask for, once callers are known.
     *
     * @param requestsPerSecond how many requests a second, on average
     * @param burst how many at once after a pause
     * @param concurrent how many may be worked on at the same time
     */
    public record Limits(
            @DefaultValue("200") int requestsPerSecond,
            @DefaultValue("400") int burst,
            @DefaultValue("32") int concurrent) {

        public Limits {
            if (requestsPerSecond < 1 || burst < 1 || concurrent < 1) {
                throw new IllegalArgumentException("strandline.security.limits take whole numbers from 1");
            }
        }
    }
}
