using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Hermes.Templates.Text;

/// <summary>
/// Where a change of case is more than one character for another (Unicode's SpecialCasing and CaseFolding), and where the framework's
/// invariant culture differs from Unicode.
/// </summary>
internal static class SpecialCasing
{
    public const char CapitalSigma = '\u03A3';
    public const char SmallSigma = '\u03C3';
    public const char FinalSigma = '\u03C2';

    public static FrozenDictionary<int, string> Upper { get; } = Table(
        "\u00DF=SS \u0149=\u02BCN \u01F0=J\u030C \u0390=\u0399\u0308\u0301 \u03B0=\u03A5\u0308\u0301 \u0587=\u0535\u0552 " +
        "\u1E96=H\u0331 \u1E97=T\u0308 \u1E98=W\u030A \u1E99=Y\u030A \u1E9A=A\u02BE \u1F50=\u03A5\u0313 " +
        "\u1F52=\u03A5\u0313\u0300 \u1F54=\u03A5\u0313\u0301 \u1F56=\u03A5\u0313\u0342 \u1F80=\u1F08\u0399 " +
        "\u1F81=\u1F09\u0399 \u1F82=\u1F0A\u0399 \u1F83=\u1F0B\u0399 \u1F84=\u1F0C\u0399 \u1F85=\u1F0D\u0399 " +
        "\u1F86=\u1F0E\u0399 \u1F87=\u1F0F\u0399 \u1F88=\u1F08\u0399 \u1F89=\u1F09\u0399 \u1F8A=\u1F0A\u0399 " +
        "\u1F8B=\u1F0B\u0399 \u1F8C=\u1F0C\u0399 \u1F8D=\u1F0D\u0399 \u1F8E=\u1F0E\u0399 \u1F8F=\u1F0F\u0399 " +
        "\u1F90=\u1F28\u0399 \u1F91=\u1F29\u0399 \u1F92=\u1F2A\u0399 \u1F93=\u1F2B\u0399 \u1F94=\u1F2C\u0399 " +
        "\u1F95=\u1F2D\u0399 \u1F96=\u1F2E\u0399 \u1F97=\u1F2F\u0399 \u1F98=\u1F28\u0399 \u1F99=\u1F29\u0399 " +
        "\u1F9A=\u1F2A\u0399 \u1F9B=\u1F2B\u0399 \u1F9C=\u1F2C\u0399 \u1F9D=\u1F2D\u0399 \u1F9E=\u1F2E\u0399 " +
        "\u1F9F=\u1F2F\u0399 \u1FA0=\u1F68\u0399 \u1FA1=\u1F69\u0399 \u1FA2=\u1F6A\u0399 \u1FA3=\u1F6B\u0399 " +
        "\u1FA4=\u1F6C\u0399 \u1FA5=\u1F6D\u0399 \u1FA6=\u1F6E\u0399 \u1FA7=\u1F6F\u0399 \u1FA8=\u1F68\u0399 " +
        "\u1FA9=\u1F69\u0399 \u1FAA=\u1F6A\u0399 \u1FAB=\u1F6B\u0399 \u1FAC=\u1F6C\u0399 \u1FAD=\u1F6D\u0399 " +
        "\u1FAE=\u1F6E\u0399 \u1FAF=\u1F6F\u0399 \u1FB2=\u1FBA\u0399 \u1FB3=\u0391\u0399 \u1FB4=\u0386\u0399 " +
        "\u1FB6=\u0391\u0342 \u1FB7=\u0391\u0342\u0399 \u1FBC=\u0391\u0399 \u1FC2=\u1FCA\u0399 \u1FC3=\u0397\u0399 " +
        "\u1FC4=\u0389\u0399 \u1FC6=\u0397\u0342 \u1FC7=\u0397\u0342\u0399 \u1FCC=\u0397\u0399 \u1FD2=\u0399\u0308\u0300 " +
        "\u1FD3=\u0399\u0308\u0301 \u1FD6=\u0399\u0342 \u1FD7=\u0399\u0308\u0342 \u1FE2=\u03A5\u0308\u0300 " +
        "\u1FE3=\u03A5\u0308\u0301 \u1FE4=\u03A1\u0313 \u1FE6=\u03A5\u0342 \u1FE7=\u03A5\u0308\u0342 \u1FF2=\u1FFA\u0399 " +
        "\u1FF3=\u03A9\u0399 \u1FF4=\u038F\u0399 \u1FF6=\u03A9\u0342 \u1FF7=\u03A9\u0342\u0399 \u1FFC=\u03A9\u0399 " +
        "\uFB00=FF \uFB01=FI \uFB02=FL \uFB03=FFI \uFB04=FFL \uFB05=ST \uFB06=ST \uFB13=\u0544\u0546 \uFB14=\u0544\u0535 " +
        "\uFB15=\u0544\u053B \uFB16=\u054E\u0546 \uFB17=\u0544\u053D \u0131=I \u017F=S");

    public static FrozenDictionary<int, string> Lower { get; } = Table("\u0130=i\u0307");

    /// <summary>Where title case is not upper case.</summary>
    public static FrozenDictionary<int, string> Title { get; } = Table(
        "\u00DF=Ss \u01C4=\u01C5 \u01C5=\u01C5 \u01C6=\u01C5 \u01C7=\u01C8 \u01C8=\u01C8 \u01C9=\u01C8 \u01CA=\u01CB " +
        "\u01CB=\u01CB \u01CC=\u01CB \u01F1=\u01F2 \u01F2=\u01F2 \u01F3=\u01F2 \u0587=\u0535\u0582 \u1F80=\u1F88 " +
        "\u1F81=\u1F89 \u1F82=\u1F8A \u1F83=\u1F8B \u1F84=\u1F8C \u1F85=\u1F8D \u1F86=\u1F8E \u1F87=\u1F8F \u1F88=\u1F88 " +
        "\u1F89=\u1F89 \u1F8A=\u1F8A \u1F8B=\u1F8B \u1F8C=\u1F8C \u1F8D=\u1F8D \u1F8E=\u1F8E \u1F8F=\u1F8F \u1F90=\u1F98 " +
        "\u1F91=\u1F99 \u1F92=\u1F9A \u1F93=\u1F9B \u1F94=\u1F9C \u1F95=\u1F9D \u1F96=\u1F9E \u1F97=\u1F9F \u1F98=\u1F98 " +
        "\u1F99=\u1F99 \u1F9A=\u1F9A \u1F9B=\u1F9B \u1F9C=\u1F9C \u1F9D=\u1F9D \u1F9E=\u1F9E \u1F9F=\u1F9F \u1FA0=\u1FA8 " +
        "\u1FA1=\u1FA9 \u1FA2=\u1FAA \u1FA3=\u1FAB \u1FA4=\u1FAC \u1FA5=\u1FAD \u1FA6=\u1FAE \u1FA7=\u1FAF \u1FA8=\u1FA8 " +
        "\u1FA9=\u1FA9 \u1FAA=\u1FAA \u1FAB=\u1FAB \u1FAC=\u1FAC \u1FAD=\u1FAD \u1FAE=\u1FAE \u1FAF=\u1FAF " +
        "\u1FB2=\u1FBA\u0345 \u1FB3=\u1FBC \u1FB4=\u0386\u0345 \u1FB7=\u0391\u0342\u0345 \u1FBC=\u1FBC \u1FC2=\u1FCA\u0345 " +
        "\u1FC3=\u1FCC \u1FC4=\u0389\u0345 \u1FC7=\u0397\u0342\u0345 \u1FCC=\u1FCC \u1FF2=\u1FFA\u0345 \u1FF3=\u1FFC " +
        "\u1FF4=\u038F\u0345 \u1FF7=\u03A9\u0342\u0345 \u1FFC=\u1FFC \uFB00=Ff \uFB01=Fi \uFB02=Fl \uFB03=Ffi \uFB04=Ffl " +
        "\uFB05=St \uFB06=St \uFB13=\u0544\u0576 \uFB14=\u0544\u0565 \uFB15=\u0544\u056B \uFB16=\u054E\u0576 " +
        "\uFB17=\u0544\u056D");

    /// <summary>Where the folded case is not lower case.</summary>
    public static FrozenDictionary<int, string> Folded { get; } = Table(
        "\u00B5=\u03BC \u00DF=ss \u0149=\u02BCn \u017F=s \u01F0=j\u030C \u0345=\u03B9 \u0390=\u03B9\u0308\u0301 " +
        "\u03B0=\u03C5\u0308\u0301 \u03C2=\u03C3 \u03D0=\u03B2 \u03D1=\u03B8 \u03D5=\u03C6 \u03D6=\u03C0 \u03F0=\u03BA " +
        "\u03F1=\u03C1 \u03F5=\u03B5 \u0587=\u0565\u0582 \u1C80=\u0432 \u1C81=\u0434 \u1C82=\u043E \u1C83=\u0441 " +
        "\u1C84=\u0442 \u1C85=\u0442 \u1C86=\u044A \u1C87=\u0463 \u1C88=\uA64B \u1E96=h\u0331 \u1E97=t\u0308 " +
        "\u1E98=w\u030A \u1E99=y\u030A \u1E9A=a\u02BE \u1E9B=\u1E61 \u1E9E=ss \u1F50=\u03C5\u0313 " +
        "\u1F52=\u03C5\u0313\u0300 \u1F54=\u03C5\u0313\u0301 \u1F56=\u03C5\u0313\u0342 \u1F80=\u1F00\u03B9 " +
        "\u1F81=\u1F01\u03B9 \u1F82=\u1F02\u03B9 \u1F83=\u1F03\u03B9 \u1F84=\u1F04\u03B9 \u1F85=\u1F05\u03B9 " +
        "\u1F86=\u1F06\u03B9 \u1F87=\u1F07\u03B9 \u1F88=\u1F00\u03B9 \u1F89=\u1F01\u03B9 \u1F8A=\u1F02\u03B9 " +
        "\u1F8B=\u1F03\u03B9 \u1F8C=\u1F04\u03B9 \u1F8D=\u1F05\u03B9 \u1F8E=\u1F06\u03B9 \u1F8F=\u1F07\u03B9 " +
        "\u1F90=\u1F20\u03B9 \u1F91=\u1F21\u03B9 \u1F92=\u1F22\u03B9 \u1F93=\u1F23\u03B9 \u1F94=\u1F24\u03B9 " +
        "\u1F95=\u1F25\u03B9 \u1F96=\u1F26\u03B9 \u1F97=\u1F27\u03B9 \u1F98=\u1F20\u03B9 \u1F99=\u1F21\u03B9 " +
        "\u1F9A=\u1F22\u03B9 \u1F9B=\u1F23\u03B9 \u1F9C=\u1F24\u03B9 \u1F9D=\u1F25\u03B9 \u1F9E=\u1F26\u03B9 " +
        "\u1F9F=\u1F27\u03B9 \u1FA0=\u1F60\u03B9 \u1FA1=\u1F61\u03B9 \u1FA2=\u1F62\u03B9 \u1FA3=\u1F63\u03B9 " +
        "\u1FA4=\u1F64\u03B9 \u1FA5=\u1F65\u03B9 \u1FA6=\u1F66\u03B9 \u1FA7=\u1F67\u03B9 \u1FA8=\u1F60\u03B9 " +
        "\u1FA9=\u1F61\u03B9 \u1FAA=\u1F62\u03B9 \u1FAB=\u1F63\u03B9 \u1FAC=\u1F64\u03B9 \u1FAD=\u1F65\u03B9 " +
        "\u1FAE=\u1F66\u03B9 \u1FAF=\u1F67\u03B9 \u1FB2=\u1F70\u03B9 \u1FB3=\u03B1\u03B9 \u1FB4=\u03AC\u03B9 " +
        "\u1FB6=\u03B1\u0342 \u1FB7=\u03B1\u0342\u03B9 \u1FBC=\u03B1\u03B9 \u1FBE=\u03B9 \u1FC2=\u1F74\u03B9 " +
        "\u1FC3=\u03B7\u03B9 \u1FC4=\u03AE\u03B9 \u1FC6=\u03B7\u0342 \u1FC7=\u03B7\u0342\u03B9 \u1FCC=\u03B7\u03B9 " +
        "\u1FD2=\u03B9\u0308\u0300 \u1FD3=\u03B9\u0308\u0301 \u1FD6=\u03B9\u0342 \u1FD7=\u03B9\u0308\u0342 " +
        "\u1FE2=\u03C5\u0308\u0300 \u1FE3=\u03C5\u0308\u0301 \u1FE4=\u03C1\u0313 \u1FE6=\u03C5\u0342 " +
        "\u1FE7=\u03C5\u0308\u0342 \u1FF2=\u1F7C\u03B9 \u1FF3=\u03C9\u03B9 \u1FF4=\u03CE\u03B9 \u1FF6=\u03C9\u0342 " +
        "\u1FF7=\u03C9\u0342\u03B9 \u1FFC=\u03C9\u03B9 \uFB00=ff \uFB01=fi \uFB02=fl \uFB03=ffi \uFB04=ffl \uFB05=st " +
        "\uFB06=st \uFB13=\u0574\u0576 \uFB14=\u0574\u0565 \uFB15=\u0574\u056B \uFB16=\u057E\u0576 \uFB17=\u0574\u056D " +
        "\u0130=i\u0307");

    /// <summary>Whether a capital sigma ends its word, where it has a form of its own in lower case.</summary>
    public static bool IsFinal(string text, int index) => CasedNeighbour(text, index, -1) && !CasedNeighbour(text, index, 1);

    private static bool CasedNeighbour(string text, int index, int direction)
    {
        for (index += direction; index >= 0 && index < text.Length; index += direction)
        {
            if (char.IsLowSurrogate(text[index]) && direction < 0)
                continue;
            var rune = CodePoints.RuneAt(text, index);
            if (!IsCaseIgnorable(rune))
                return CaseMapping.IsCased(rune);
        }

        return false;
    }

    private static bool IsCaseIgnorable(Rune rune) => rune.Value is '\'' or '.' or ':' or '^' or '`' or 0xB7 or 0x2018 or 0x2019
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static FrozenDictionary<int, string> Table(string pairs) => pairs.Split(' ')
        .Select(pair => (Key: Rune.GetRuneAt(pair, 0), Pair: pair))
        .ToFrozenDictionary(item => item.Key.Value, item => item.Pair[(item.Key.Utf16SequenceLength + 1)..]);
}
