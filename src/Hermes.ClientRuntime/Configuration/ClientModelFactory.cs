using System.Collections.Immutable;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.Events;
using Hermes.Runtime.Configuration;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>Validates the options of a client and makes its model of them. Reports all that is wrong at once.</summary>
/// <param name="name">The name of the client.</param>
/// <param name="path">Its configuration path.</param>
/// <param name="templates">Compiles what is shown to people.</param>
/// <param name="mappings">Compiles the mappings.</param>
/// <param name="errors">Gets what is wrong.</param>
internal sealed class ClientModelFactory(string name, string path, ITemplateEngine templates, ITemplateEngine mappings, ConfigurationErrors errors)
{
    /// <returns>The model; null if something is wrong with it.</returns>
    public ClientModel? Create(ClientOptions options)
    {
        var before = errors.Count;
        CheckSettings(options);
        var types = options.DataTypes.Select((type, index) => CreateType(options, type, index)).ToImmutableArray();
        if (types.IsEmpty)
            Report("DataTypes", "The client has no data type.", "Add one: its name, the server's type it is fed by, and the mapping of its attributes.");
        foreach (var twice in types.GroupBy(type => type.Name, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
            Report($"DataTypes:{twice.Key}", "Two data types have this name.", "Give one of them another name.");
        return errors.Count == before ? new ClientModel(name, path, types, ClientSettings.From(options)) : null;
    }

    private void CheckSettings(ClientOptions options)
    {
        CheckPositive(nameof(options.RetryInterval), options.RetryInterval);
        CheckPositive(nameof(options.PurgeInterval), options.PurgeInterval);
        CheckPositive(nameof(options.WaitForMessages), options.WaitForMessages);
        CheckPositive(nameof(options.TargetTimeout), options.TargetTimeout);
        CheckNotNegative(nameof(options.TrashbinRetention), options.TrashbinRetention);
        CheckNotNegative(nameof(options.LongestRetryInterval), options.LongestRetryInterval);
        CheckNotNegative(nameof(options.TargetRetryDelay), options.TargetRetryDelay);
        CheckAtLeast(nameof(options.MaxConcurrency), options.MaxConcurrency, 1);
        CheckAtLeast(nameof(options.MaxEventsPerCommit), options.MaxEventsPerCommit, 1);
        CheckAtLeast(nameof(options.TargetRetries), options.TargetRetries, 0);
        CheckGuard(nameof(options.RemovalGuard), options.RemovalGuard);
        for (var i = 0; i < options.SigningKeys.Count; i++)
        {
            if (options.SigningKeys[i] is not { Length: >= EventSignature.ShortestKey })
                Report($"{nameof(options.SigningKeys)}:{i}", "The key is too short.", $"Set the key of the server: a text of at least {EventSignature.ShortestKey} characters.");
        }
    }

    private void CheckGuard(string place, ClientRemovalGuardOptions guard)
    {
        if (guard.MaxPercent is not (>= 0 and <= 100))
            Report($"{place}:{nameof(guard.MaxPercent)}", $"The share is {guard.MaxPercent} percent.", "Set 0 to 100.");
        CheckAtLeast($"{place}:{nameof(guard.MinEntries)}", guard.MinEntries, 0);
        CheckAtLeast($"{place}:{nameof(guard.MaxEntries)}", guard.MaxEntries ?? 0, 0);
    }

    private LocalType CreateType(ClientOptions client, ClientTypeOptions options, int index)
    {
        var place = $"DataTypes:{(options.Name.Length > 0 ? options.Name : index)}";
        if (string.IsNullOrWhiteSpace(options.Name))
            Report($"{place}:Name", "The data type has no name.", "Give it one, such as 'Users'.");
        if (string.IsNullOrWhiteSpace(options.From))
            Report($"{place}:From", "It is not said which type of the server feeds it.", "Name the server's data type.");
        if (options.Mapping.Count == 0)
            Report($"{place}:Mapping", "No attribute is mapped.", "Map at least one: local attribute to remote attribute or template.");

        var attributes = options.Mapping
            .OrderBy(mapping => mapping.Key, StringComparer.Ordinal)
            .Select(mapping => CreateMapping($"{place}:Mapping:{mapping.Key}", mapping.Key, mapping.Value))
            .OfType<AttributeMapping>();
        var display = options.Display is { Length: > 0 } text ? Compile($"{place}:ToString", () => templates.Compile(text)) : null;
        if (options.RemovalGuard is { } guard)
            CheckGuard($"{place}:RemovalGuard", guard);
        CheckDrift(place, options);
        CheckReferences(place, options, client);
        return new LocalType(options.Name, options.From, [.. attributes], display)
        {
            Guard = ClientSettings.RuleOf(options.RemovalGuard ?? client.RemovalGuard),
            References = options.Reference.Select(pair => KeyValuePair.Create(pair.Key, new TargetReference(pair.Value, IsList: false)))
                .Concat(options.References.Select(pair => KeyValuePair.Create(pair.Key, new TargetReference(pair.Value, IsList: true))))
                .DistinctBy(pair => pair.Key)
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            MayComeLater = options.MayComeLater ?? client.MayComeLater,
            Drift = DriftSettings.From(options),
            Correlation = [.. options.Correlate.Select((rule, number) => CreateRule($"{place}:Correlate:{number}", rule, options)).OfType<CorrelationRule>()],
        };
    }

    private void CheckDrift(string place, ClientTypeOptions options)
    {
        foreach (var unknown in options.Policies.Keys.Where(attribute => !options.Mapping.ContainsKey(attribute)))
            Report($"{place}:{nameof(options.Policies)}:{unknown}", $"The type has no local attribute '{unknown}'.", Choices(options));
        if (options.CompareEvery is { } interval)
            CheckPositive($"{place}:{nameof(options.CompareEvery)}", interval);
        CheckAtLeast($"{place}:{nameof(options.CompareRate)}", options.CompareRate, 0);
    }

    private void CheckReferences(string place, ClientTypeOptions options, ClientOptions client)
    {
        foreach (var (setting, attribute, to) in options.Reference.Select(pair => (nameof(options.Reference), pair.Key, pair.Value))
            .Concat(options.References.Select(pair => (nameof(options.References), pair.Key, pair.Value))))
        {
            var at = $"{place}:{setting}:{attribute}";
            if (!options.Mapping.ContainsKey(attribute))
                Report(at, $"The type has no local attribute '{attribute}'.", $"Map it, or use one of: {NearName.List(attribute, [.. options.Mapping.Keys])}.");
            if (!client.DataTypes.Any(type => type.Name == to))
                Report(at, $"The client has no data type '{to}', to which it is to refer.", $"Use one of: {NearName.List(to, [.. client.DataTypes.Select(type => type.Name)])}.");
            if (options.Policies.TryGetValue(attribute, out var policy) && policy == AttributePolicy.CreateOnly)
                Report(at, "The attribute is CreateOnly, and a reference may be written after its object was made.", "Take back one of the two.");
        }

        foreach (var both in options.Reference.Keys.Intersect(options.References.Keys, StringComparer.Ordinal))
            Report($"{place}:{nameof(options.References)}:{both}", "The attribute is among Reference too.", "Say once whether it holds a key or a list of keys.");
    }

    private static string Choices(ClientTypeOptions type) => $"Use one of: {string.Join(", ", type.Mapping.Keys.Order(StringComparer.Ordinal))}.";

    private CorrelationRule? CreateRule(string place, CorrelationOptions rule, ClientTypeOptions type)
    {
        if (string.IsNullOrWhiteSpace(rule.Attribute) || string.IsNullOrWhiteSpace(rule.Value))
        {
            Report(place, "The rule is not complete.", "Write the target's attribute, and the local attribute or template that must be the same.");
            return null;
        }

        if (Compile($"{place}:Value", () => AttributeMapping.Create(rule.Attribute, rule.Value, mappings)) is not { } value)
            return null;
        foreach (var unknown in value.Variables.Where(variable => !type.Mapping.ContainsKey(variable)))
            Report($"{place}:Value", $"The type has no local attribute '{unknown}'.", Choices(type));
        return new CorrelationRule(rule.Attribute, value);
    }

    private AttributeMapping? CreateMapping(string place, string local, string text)
    {
        if (string.IsNullOrWhiteSpace(local) || string.IsNullOrWhiteSpace(text))
        {
            Report(place, "The mapping is empty.", "Write the name of a remote attribute, or a template such as '{{ mail | lower }}'.");
            return null;
        }

        return Compile(place, () => AttributeMapping.Create(local, text, mappings));
    }

    private T? Compile<T>(string place, Func<T> compile)
        where T : class
    {
        try
        {
            return compile();
        }
        catch (TemplateException exception)
        {
            Report(place, $"The template cannot be used: {exception.Message}", "Correct the template.");
            return null;
        }
    }

    private void CheckPositive(string setting, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
            Report(setting, $"The time is {value}.", "Set a time greater than zero, such as 01:00:00.");
    }

    private void CheckNotNegative(string setting, TimeSpan value)
    {
        if (value < TimeSpan.Zero)
            Report(setting, $"The time is {value}.", "Set zero or more.");
    }

    private void CheckAtLeast(string setting, int value, int least)
    {
        if (value < least)
            Report(setting, $"The number is {value}.", $"Set {least} or more.");
    }

    private void Report(string place, string problem, string fix) => errors.Require(false, $"{path}:{place}", problem, fix);
}
