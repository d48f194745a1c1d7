using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.AttributeFilters;

/// <summary>
/// <c>{{ mail | regex_search('@(.+)$') }}</c>: the first match; if the expression has groups, the first group, or a list of them if there
/// are several; none if nothing matches. Named argument <c>ignorecase=true</c>. A search that takes longer than the limit is an error.
/// </summary>
public sealed class RegexSearchFilter : IAttributeFilter
{
    private const int MaxCached = 256;

    private readonly ConcurrentDictionary<(string Pattern, RegexOptions Options), Regex> _cache = new();
    private readonly TimeSpan _timeout;

    /// <summary>Makes the filter.</summary>
    /// <param name="timeout">How long one search may take; 100 milliseconds if null.</param>
    public RegexSearchFilter(TimeSpan? timeout = null)
    {
        _timeout = timeout ?? TimeSpan.FromMilliseconds(100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_timeout, TimeSpan.Zero, nameof(timeout));
    }

    /// <inheritdoc/>
    public string Name => "regex_search";

    /// <inheritdoc/>
    public Value Apply(Value input, FilterArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!input.TryGetString(out var text) || !arguments.Require(0, "pattern").TryGetString(out var pattern))
            throw new ArgumentException("the searched value and the expression must be texts");
        var ignoreCase = arguments.Get(1, "ignorecase", false) == true;
        try
        {
            return Result(Expression(pattern, ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None).Match(text));
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ArgumentException($"the search took longer than the {_timeout.TotalMilliseconds} milliseconds allowed");
        }
    }

    private static Value Result(Match match)
    {
        if (!match.Success)
            return Value.Null;
        var groups = match.Groups.Values.Skip(1).Select(group => group.Success ? Value.From(group.Value) : Value.Null).ToList();
        return groups switch
        {
            [] => match.Value,
            [var only] => only,
            _ => ValueList.Create(groups),
        };
    }

    private Regex Expression(string pattern, RegexOptions options)
    {
        if (_cache.TryGetValue((pattern, options), out var known))
            return known;
        try
        {
            var regex = new Regex(pattern, options | RegexOptions.CultureInvariant, _timeout);

            // Patterns are nearly always constants; ones that are computed must not fill the memory.
            if (_cache.Count < MaxCached)
                _cache.TryAdd((pattern, options), regex);
            return regex;
        }
        catch (ArgumentException)
        {
            throw new ArgumentException("the regular expression is not valid");
        }
    }
}
