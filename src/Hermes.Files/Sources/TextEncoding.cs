using System.Text;

namespace Hermes.Files.Sources;

/// <summary>Encodings that refuse bytes they do not know instead of replacing them.</summary>
internal static class TextEncoding
{
    /// <summary>The encoding of this name, or null.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            var found = CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return found ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
