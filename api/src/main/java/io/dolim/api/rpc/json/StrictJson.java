package io.dolim.api.rpc.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The one hardened reader of strangers' JSON, into trees only. Jackson alone accepts 1e400 as Infinity, "NaN", 1.9 as the long 1, null as 0,
 * the last of two equal keys and garbage behind the document; this refuses each.
 */
public final class StrictJson {

    /** Deepest nesting of objects and arrays. */
    public static final int MAX_NESTING = 32;

    /** Longest string, in characters. */
    public static final int MAX_STRING = 4096;

    /** Longest name of a member, in characters. */
    public static final int MAX_NAME = 256;

    /** Longest document, in characters. */
    public static final int MAX_DOCUMENT = 64 * 1024;

    /** The factory everything of this edge is read and written with. */
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_NESTING)
                                    .maxNumberLength(Decimals.MAX_LENGTH)
                                    .maxStringLength(MAX_STRING)
                                    .maxNameLength(MAX_NAME)
                                    .maxDocumentLength(MAX_DOCUMENT)
                                    .build())
                    .build();

    static {
        // a mapper becomes its factory's codec: trees and records are written by this one. It reads
        // nothing: into a record
        // Jackson reads "NaN" and 1e400 as doubles, so what strangers send is read as a tree, and
        // from there by type
        JsonMapper.builder(FACTORY).build();
    }

    private StrictJson() {}

    /** Reads one document. */
    public static JsonNode read(String text) throws Unreadable {
        return new TreeReader(text).read();
    }

    /** Reads one document of UTF-8; bytes that are not are refused, never replaced. */
    public static JsonNode read(ByteBuffer utf8) throws Unreadable {
        return read(text(utf8));
    }

    /** The text of strictly decoded UTF-8. */
    public static String text(ByteBuffer utf8) throws Unreadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(utf8)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(Unreadable.Rule.NOT_UTF8);
        }
    }
}
