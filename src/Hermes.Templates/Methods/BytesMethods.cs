using Hermes.Abstractions.Data;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of bytes.</summary>
internal static class BytesMethods
{
    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.Bytes, "decode", [Optional("encoding", "utf-8")], static (ref frame, target, arguments) =>
            Encodings.Decode(ref frame, target.AsBytes().Span, Arguments.Text(arguments[0], "The encoding"))),
        new FixedMethod(ValueKind.Bytes, "hex", [], static (ref frame, target, _) =>
        {
            frame.AllocateText(2L * target.AsBytes().Length);
            return Convert.ToHexStringLower(target.AsBytes().Span);
        }),
    ];
}
