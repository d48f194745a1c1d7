using System.Security.Cryptography;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Base64, hashes and ids that are always the same for the same text, as in Ansible. Bytes are taken as they are, a text as UTF-8.</summary>
internal static class CodingFilters
{
    /// <summary>The namespace in which Ansible makes ids.</summary>
    private const string AnsibleNamespace = "361e6d51-faec-444a-9079-341386da8e2e";

    private const int Version5 = 0x50;

    public static IEnumerable<Filter> All =>
    [
        new("b64encode", [Optional("encoding", "utf-8"), Optional("urlsafe", false)], Encode),
        new("b64decode", [Optional("encoding", "utf-8"), Optional("urlsafe", false)], Decode),
        new("hash", [Optional("hashtype", "sha1")], static (ref frame, input, arguments) =>
            Hash(ref frame, input, PythonText.Str(ref frame, arguments[0]))),
        new("md5", [], static (ref frame, input, _) => Hash(ref frame, input, "md5")),
        new("sha1", [], static (ref frame, input, _) => Hash(ref frame, input, "sha1")),
        new("checksum", [], static (ref frame, input, _) => Hash(ref frame, input, "sha1")),
        new("to_uuid", [Optional("namespace", AnsibleNamespace)], Id),
    ];

    private static Value Encode(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var bytes = BytesOf(ref frame, input, PythonText.Str(ref frame, arguments[0]));
        frame.AllocateText(3L * bytes.Length);
        var text = Convert.ToBase64String(bytes);
        return Truth.Of(arguments[1]) ? text.Replace('+', '-').Replace('/', '_') : text;
    }

    /// <summary>With none for the encoding, the bytes themselves.</summary>
    private static Value Decode(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        frame.AllocateBuilt(text.Length);
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(Truth.Of(arguments[1]) ? text.Replace('-', '+').Replace('_', '/') : text, bytes, out var count))
            throw new TemplateFault("'b64decode' needs a text in Base64, with its padding");
        return arguments[0].IsNull ? bytes[..count] : Encodings.Decode(ref frame, bytes.AsSpan(0, count), PythonText.Str(ref frame, arguments[0]));
    }

    private static string Hash(ref Frame frame, Value input, string name)
    {
        var algorithm = name switch
        {
            "md5" => HashAlgorithmName.MD5,
            "sha1" => HashAlgorithmName.SHA1,
            "sha256" => HashAlgorithmName.SHA256,
            "sha384" => HashAlgorithmName.SHA384,
            "sha512" => HashAlgorithmName.SHA512,
            _ => throw new TemplateFault("This hash is not known; there are 'md5', 'sha1', 'sha256', 'sha384' and 'sha512'"),
        };
        var bytes = BytesOf(ref frame, input, "utf-8");
        frame.Step(bytes.Length);
        frame.AllocateText(200);
        return Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, bytes));
    }

    /// <summary>A UUID of version 5 (RFC 9562): the SHA-1 of the namespace and the text.</summary>
    private static Value Id(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (!Guid.TryParse(PythonText.Str(ref frame, arguments[0]), out var space))
            throw new TemplateFault("The namespace of 'to_uuid' must be a UUID");
        var name = BytesOf(ref frame, input, "utf-8");
        frame.Step(name.Length);
        frame.AllocateBytes(300 + name.Length);
        Span<byte> id = CryptographicOperations.HashData(HashAlgorithmName.SHA1, [.. space.ToByteArray(bigEndian: true), .. name]);
        id[6] = (byte)((id[6] & 0x0F) | Version5);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id[..16], bigEndian: true).ToString();
    }

    private static ReadOnlySpan<byte> BytesOf(ref Frame frame, Value input, string encoding) => input.Kind == ValueKind.Bytes
        ? input.AsBytes().Span
        : Encodings.Encode(ref frame, PythonText.Str(ref frame, input), encoding).AsBytes().Span;
}
