using System.Text;
using System.Text.RegularExpressions;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>
/// What comes in the place of a match, as Python writes it: <c>\1</c>, <c>\g&lt;1&gt;</c> and <c>\g&lt;name&gt;</c> stand for groups, <c>\n</c> and the like for
/// characters.
/// </summary>
internal sealed class RegexReplacement
{
    private readonly List<(string Text, int Group)> _parts = [];

    /// <exception cref="TemplateFault">It names a group that there is not, or an escape that is not known.</exception>
    public RegexReplacement(ref Frame frame, string template, PythonRegex regex)
    {
        frame.AllocateBuilt(64 + template.Length);
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\' || i + 1 == template.Length)
            {
                text.Append(template[i]);
                continue;
            }

            var (group, letters, length) = Escape(template.AsSpan(i + 1), regex);
            text.Append(letters);
            i += length;
            if (group is null)
                continue;
            frame.AllocateItem();
            frame.AllocateText(text.Length);
            _parts.Add((text.ToString(), group.Value));
            text.Clear();
        }

        _parts.Add((text.ToString(), -1));
    }

    /// <summary>Appends what comes in the place of a match.</summary>
    public void Append(ref Frame frame, Match match, StringBuilder result)
    {
        foreach (var (text, group) in _parts)
        {
            frame.AllocateBuilt(text.Length);
            result.Append(text);
            if (group < 0)
                continue;
            frame.AllocateBuilt(match.Groups[group].Length);
            result.Append(match.Groups[group].ValueSpan);
        }
    }

    private static (int? Group, string Letters, int Length) Escape(ReadOnlySpan<char> rest, PythonRegex regex)
    {
        switch (rest[0])
        {
            case 'g':
                var end = rest.Length > 1 && rest[1] == '<' ? rest.IndexOf('>') : -1;
                return end < 0 ? throw new TemplateFault("'\\g' in a replacement needs a group: '\\g<1>'") : (regex.Group(rest[2..end]), "", end + 1);
            case '0':
            case >= '1' and <= '3' when Digits(rest, 3, '7') == 3:
                var octal = Digits(rest, 3, '7');
                return (null, ((char)Convert.ToInt32(rest[..octal].ToString(), 8)).ToString(), octal);
            case >= '1' and <= '9':
                var digits = Digits(rest, 2, '9');
                return (regex.Group(rest[..digits]), "", digits);
            case 'a': return (null, "\a", 1);
            case 'b': return (null, "\b", 1);
            case 'f': return (null, "\f", 1);
            case 'n': return (null, "\n", 1);
            case 'r': return (null, "\r", 1);
            case 't': return (null, "\t", 1);
            case 'v': return (null, "\v", 1);
            case '\\': return (null, "\\", 1);
            default:
                return char.IsAsciiLetter(rest[0])
                    ? throw new TemplateFault($"The escape '\\{rest[0]}' is not known in a replacement")
                    : (null, "\\" + rest[0], 1);
        }
    }

    private static int Digits(ReadOnlySpan<char> text, int most, char highest)
    {
        var count = 0;
        while (count < most && count < text.Length && text[count] >= '0' && text[count] <= highest)
            count++;
        return count;
    }
}
