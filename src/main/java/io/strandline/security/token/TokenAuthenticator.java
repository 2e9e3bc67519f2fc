package io.strandline.security.token;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.security.Authenticator;
import io.strandline.security.Identity;
import io.strandline.security.RefusedTokenException;
import io.strandline.security.SecuritySettings.OAuth2;
import io.strandline.security.Sha256;
import io.strandline.web.JobScope;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;

/** Knows callers by tokens that the issuer signed. */
final class TokenAuthenticator implements Authenticator {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9 ._@+-]");
    private static final int HASH_DIGITS = 32;
    private static final int LONGEST_NAME = 100;

    /** In front of names in the audit, so that none can pass for a key or for the server. */
    private static final String PREFIX = "oauth2:";

    private final OAuth2 settings;
    private final JwtDecoder decoder;

    TokenAuthenticator(OAuth2 settings, JwtDecoder decoder) {
        this.settings = settings;
        this.decoder = decoder;
    }

    @Override
    public boolean understands(String token) {
        return FORM.matcher(token).matches();
    }

    @Override
    public Identity identify(String token) {
        Jwt checked = decode(token);
        String name = checked.getClaimAsString(settings.nameClaim());
        if (name == null || name.isBlank()) {
            throw new RefusedTokenException("The token has no claim " + settings.nameClaim() + ".");
        }
        return new Identity(PREFIX + written(name), role(checked), jobs(checked));
    }

    private Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw new RefusedTokenException("The token does not count: " + e.getMessage(), e);
        } catch (JwtException | JwtDecoderInitializationException e) {
            throw new StrandlineException(
                    ErrorCode.UNAVAILABLE, "The issuer's keys cannot be had now; tokens cannot be checked.", e);
        }
    }

    private Role role(Jwt token) {
        List<String> named = texts(claim(token, settings.rolesClaim()));
        if (named.contains(settings.admin())) {
            return Role.ADMIN;
        }
        if (named.contains(settings.operator())) {
            return Role.OPERATOR;
        }
        if (named.contains(settings.viewer())) {
            return Role.VIEWER;
        }
        throw new StrandlineException(
                ErrorCode.FORBIDDEN,
                "The token's claim %s names none of the roles %s, %s and %s."
                        .formatted(settings.rolesClaim(), settings.viewer(), settings.operator(), settings.admin()));
    }

    private JobScope jobs(Jwt token) {
        String claim = settings.jobsClaim();
        if (claim == null) {
            return JobScope.EVERYTHING;
        }
        List<String> named = texts(claim(token, claim));
        if (named.isEmpty()) {
            throw new StrandlineException(
                    ErrorCode.FORBIDDEN, "The token's claim " + claim + " names no job; it is for none.");
        }
        return new JobScope(named);
    }

    private static @Nullable Object claim(Jwt token, String path) {
        Object found = token.getClaims().get(path);
        if (found != null) {
            return found;
        }
        Object at = token.getClaims();
        for (String step : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    /** A list of texts, or one text with spaces between. */
    private static List<String> texts(@Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text && !text.isBlank()
                ? Arrays.asList(text.strip().split("\\s+"))
                : List.of();
    }

    /** A name that is not plain ends in a hash of it, so that no two subjects are one actor; no plain name has a tilde. */
    private static String written(String name) {
        String plain = NOT_IN_NAMES.matcher(name).replaceAll("_");
        if (plain.equals(name) && name.length() <= LONGEST_NAME) {
            return name;
        }
        String hash = Sha256.hex(name).substring(0, HASH_DIGITS);
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME - 1 - HASH_DIGITS)) + "~" + hash;
    }
}
