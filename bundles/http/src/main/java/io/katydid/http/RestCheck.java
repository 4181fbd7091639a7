package io.katydid.http;

import io.katydid.api.CatchResponseError;
import io.katydid.api.ResponseError;
import io.katydid.api.stats.StatsError.TextIsMessage;

/** Judges a REST call: the body is JSON or empty, and what the script asserts about it holds. */
final class RestCheck {
    private static final int SHOWN_BODY = 250;
    private static final int SHOWN_ASSERT = 200;

    private RestCheck() {}

    static void check(ResponseContextManager response, ResponseCheck check) throws Exception {
        if (response.statusCode() == 0) return;
        if (!isJson(response)) return;
        try {
            check.check(response);
        } catch (AssertionError wrong) {
            throw new RestFailure(text(wrong, response));
        } catch (JsonException wrong) {
            throw new RestFailure(Thrown.text(wrong));
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception wrong) {
            throw new RestFailure(Thrown.text(wrong) + ". Response was " + cut(response.text(), SHOWN_ASSERT));
        }
    }

    /** Is a failure whose text is complete. */
    private static final class RestFailure extends ResponseError implements TextIsMessage {
        RestFailure(String text) {
            super(text);
        }
    }

    private static boolean isJson(ResponseContextManager response) {
        if (response.content().length == 0) return true;
        try {
            response.json();
            return true;
        } catch (JsonException problem) {
            response
                .failure(new CatchResponseError("Could not parse response as JSON. " + cut(response.text(), SHOWN_BODY) + ", response code "
                    + response.statusCode() + ", error " + problem.getMessage()));
            return false;
        }
    }

    private static String text(AssertionError wrong, ResponseContextManager response) {
        var message = wrong.getMessage() == null ? "" : wrong.getMessage();
        if (message.isEmpty()) return "Assertion failed";
        return message.endsWith(",") ? message + " response was " + cut(response.text(), SHOWN_ASSERT) : message;
    }

    private static String cut(String text, int length) { return text.length() <= length ? text : text.substring(0, length); }
}
