using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.Http.Connection;
using Hermes.Runtime.Registration;
using Hermes.Runtime.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Http.Rest;

/// <summary>Keeps the objects of a web service in step, by requests that the settings describe.</summary>
public sealed class RestTarget : IClientTarget, IReadableTarget, IDisposable
{
    private readonly RestTargetOptions _options;
    private readonly ITemplateEngine _templates;
    private readonly ILogger _logger;
    private readonly ServiceClient _service;
    private readonly RestClient _client;
    private readonly ConcurrentDictionary<string, RestHandler> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RestReader> _readers = new(StringComparer.Ordinal);

    /// <summary>Makes a target; it connects when it is first used.</summary>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <param name="templates">Compiles the templates of paths and bodies.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="logger">Is told of requests and readings that are made again.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    /// <exception cref="TargetException">A file of certificates cannot be read.</exception>
    public RestTarget(RestTargetOptions options, ITemplateEngine templates, TimeProvider? time = null, ILogger<RestTarget>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(templates);
        PartOptions.Require(options);
        (_options, _templates, _logger) = (options, templates, logger ?? NullLogger<RestTarget>.Instance);
        try
        {
            _service = new ServiceClient("REST target", options, time ?? TimeProvider.System, _logger);
        }
        catch (HttpFaultException fault)
        {
            throw new TargetException($"REST target: {fault.Message}", fault.Fault, fault);
        }

        _client = new RestClient(_service, options);
    }

    /// <inheritdoc/>
    public bool Handles(string type, TargetChangeKind kind) => _options.Resources.ContainsKey(type);

    /// <inheritdoc/>
    /// <exception cref="HermesConfigurationException">The options do not fit the types of the client; holds all that is wrong.</exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        PartOptions.ThrowIfAny([.. _options.Resources.SelectMany(resource => RestTypeErrors.Of(resource.Key, resource.Value, _options, types, _templates))]);
        foreach (var (name, options) in _options.Resources)
        {
            var layout = new RestLayout(types.First(type => type.Name == name), options, _templates);
            _readers[name] = new RestReader(layout, _client, _service, _options, _logger);
            _handlers[name] = new RestHandler(layout, _client, new RestFinder(layout, _client, _readers[name], _options));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(context);
        if (_handlers.TryGetValue(change.Type, out var handler))
            await TargetFailures.TranslateAsync(change, () => handler.ApplyAsync(change, context, cancellationToken));
    }

    /// <summary>Whether the objects of a type can be read back: its lists are proved to be complete (<see cref="Source.HttpReadingOptions.Proof"/>).</summary>
    public bool CanRead(string type) => _readers.TryGetValue(type, out var reader) && reader.CanReadAll;

    /// <summary>All objects of a type, page by page, when they are proved to be all. <paramref name="also"/> names members or JSON pointers.</summary>
    /// <exception cref="TargetException">Not all could be read, or it is not known whether they are all, or an attribute is a secret one.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(also);
        return Reader(type).ReadAsync(also, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        return await TargetFailures.TranslateAsync(type, new ValueTask<TargetObject?>(Reader(type).FindAsync(link, cancellationToken)));
    }

    /// <summary>Whether a value is written as the JSON that was read: a date is text, bytes are base64, and a number is the same with and without a fraction of zero.</summary>
    public bool IsSame(string type, string attribute, Value given, Value held) =>
        _readers.TryGetValue(type, out var reader) ? reader.IsSame(attribute, given, held) : given == held;

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _service.Dispose();

    private RestReader Reader(string type) => _readers.TryGetValue(type, out var reader)
        ? reader
        : throw new TargetException($"The type '{type}' is not among Resources, so that it cannot be read back.", FaultKind.Permanent);
}
