package io.dolim.api.session;

/**
 * What {@code public/auth} answers.
 *
 * @param expiresInSeconds life of the access token
 */
public record TokenPair(
        String accessToken, String refreshToken, long expiresInSeconds, Authority authority) {

    @Override
    public String toString() {
        return "TokenPair(" + authority.key() + ")";
    }
}
