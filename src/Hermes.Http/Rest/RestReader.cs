using System.Runtime.CompilerServices;
using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Microsoft.Extensions.Logging;

namespace Hermes.Http.Rest;

/// <summary>Reads the objects of a type back: never secrets, and not what refers to others.</summary>
internal sealed class RestReader
{
    private readonly RestLayout _layout;
    private readonly RestClient _client;
    private readonly ServiceClient _service;
    private readonly HttpSourceOptions _options;
    private readonly ILogger _logger;
    private readonly string[] _columns;

    public RestReader(RestLayout layout, RestClient client, ServiceClient service, RestTargetOptions options, ILogger logger)
    {
        (_layout, _client, _service, _logger) = (layout, client, service, logger);
        _options = options.ToSource();
        foreach (var (local, pointer) in layout.Plain)
            _options.Attributes[local] = pointer;
        _options.Key.Add(layout.Options.Id);
        _columns = [.. layout.Plain.Select(pair => pair.Local), layout.Options.Id, .. new[] { layout.Options.TrashedPointer }.OfType<string>()];
    }

    /// <summary>Whether it can be proved that all were read.</summary>
    public bool CanReadAll => _options.Proof != ReadProof.NotChosen;

    /// <summary>All objects, in the order of the service.</summary>
    /// <exception cref="TargetException">Not all could be read, or an attribute is a secret one or no member.</exception>
    public async IAsyncEnumerable<TargetObject> ReadAsync(IReadOnlyList<string> also, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string Name, string Pointer)[] others = [.. also.Select(name => (name, PointerOf(name)))];
        foreach (var values in await ReadAllAsync([.. _columns, .. others.Select(other => other.Pointer)], cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ObjectOf(values, others);
        }
    }

    /// <summary>The object with a link; null if it is gone.</summary>
    /// <exception cref="HttpFaultException">It could not be read.</exception>
    public async Task<TargetObject?> FindAsync(string link, CancellationToken cancellationToken)
    {
        if (await _client.GetAsync(_layout.Find, Entry.Empty, _layout.IdOf(link), cancellationToken) is not { } answer)
            return null;
        using var document = Parse(answer);
        return ObjectOf(document.RootElement, 1);
    }

    /// <summary>An object that a service told.</summary>
    /// <exception cref="HttpFaultException">It cannot be read.</exception>
    public TargetObject ObjectOf(JsonElement item, int number)
    {
        try
        {
            return ObjectOf(new ItemColumns(_options, _columns).Read(item, number).Values, []);
        }
        catch (UnreadableAnswerException failure)
        {
            throw new HttpFaultException($"{_layout.Type}: an object cannot be read. {failure.Message}", FaultKind.Permanent);
        }
    }

    /// <summary>Whether a service that was given a value holds it.</summary>
    public bool IsSame(string attribute, Value given, Value held) => !_layout.Plain.Any(pair => pair.Local == attribute) || AreSame(given, held);

    /// <summary>Whether two values are the same as JSON.</summary>
    public static bool AreSame(Value given, Value held) => given == held || (given.IsSet && held.IsSet && AsRead(given) == AsRead(held)) || (!given.IsSet && !held.IsSet);

    /// <summary>The JSON of an answer.</summary>
    /// <exception cref="HttpFaultException">It is none.</exception>
    public static JsonDocument Parse(WebAnswer answer)
    {
        try
        {
            return JsonText.Parse(answer.Content, "It");
        }
        catch (UnreadableAnswerException failure)
        {
            throw new HttpFaultException($"The answer cannot be used. {failure.Message}", FaultKind.Transient).At(answer.Address);
        }
    }

    private static Value AsRead(Value value)
    {
        using var document = JsonDocument.Parse(PlainJson.ToText(value));
        return PlainJson.Read(document.RootElement);
    }

    private async Task<IReadOnlyCollection<Value[]>> ReadAllAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (!CanReadAll)
            throw new TargetException($"{_layout.Type}: it cannot be proved that all objects are read. Set Proof.", FaultKind.Permanent);
        try
        {
            var requests = new RequestTemplate(
                _options, _service.Root, new SourceOperation(SourceOperationKind.Fetch, _layout.List, new Dictionary<string, Value>(), columns));
            var read = new ProvenRead(
                "REST target", _options, _logger, token => new ReadPass(_service, _options, requests, new ItemColumns(_options, columns)).RunAsync(token));
            return await read.RunAsync(cancellationToken);
        }
        catch (HttpFaultException fault)
        {
            throw new TargetException($"{_layout.Type}: {fault.Message}", fault.Fault, fault);
        }
        catch (IncompleteReadException failure)
        {
            throw new TargetException($"{_layout.Type}: {failure.Message} The reading is not used.", FaultKind.Transient, failure);
        }
    }

    private TargetObject ObjectOf(Value[] values, IReadOnlyList<(string Name, string Pointer)> others)
    {
        var plain = _layout.Plain.Count;
        var content = Entry.Create(_layout.Plain.Select((pair, i) => KeyValuePair.Create(pair.Local, values[i])));
        var link = _layout.LinkOf(values[plain].ToString());
        return new TargetObject(link, _layout.NameOf(content.Get, link), content, _layout.Options.TrashedPointer is not null && IsMark(values[plain + 1]))
        {
            Others = Entry.Create(others.Select((other, i) => KeyValuePair.Create(other.Name, values[_columns.Length + i]))),
        };
    }

    private bool IsMark(Value held) =>
        string.Equals(held.Kind == ValueKind.String ? held.AsString() : PlainJson.ToText(held), _layout.Options.TrashedValue, StringComparison.Ordinal);

    // A name that is no pointer is that of a member.
    private string PointerOf(string name)
    {
        var pointer = name.StartsWith('/') ? name : $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        if (JsonPointer.TryParse(pointer) is null)
            throw new TargetException($"{_layout.Type}: '{name}' is neither a member of an object nor a JSON pointer.", FaultKind.Permanent);
        return _layout.Hidden.Any(hidden => $"{pointer}/".StartsWith($"{hidden}/", StringComparison.Ordinal) || hidden.StartsWith($"{pointer}/", StringComparison.Ordinal))
            ? throw new TargetException($"{_layout.Type}: '{name}' is, or holds, a secret attribute and is never read.", FaultKind.Permanent)
            : pointer;
    }
}
