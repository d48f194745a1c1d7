using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Runtime.Registration;
using Hermes.Runtime.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Http.Webhook;

/// <summary>
/// Tells a receiver of each change by a signed POST (Standard Webhooks 1.0.0), in order per entry and at least once: <c>webhook-id</c> is the same however often a change is
/// told, also after a kill.
/// </summary>
public sealed class WebhookTarget : IClientTarget, IDisposable
{
    private const int Gone = 410;

    private readonly WebhookTargetOptions _options;
    private readonly ServiceClient _service;
    private readonly WebhookSignature _signature;
    private readonly ConcurrentDictionary<string, ToldAttributes> _told = new(StringComparer.Ordinal);
    private volatile bool _isGone;

    /// <summary>Makes a target; it connects when it is first used.</summary>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="logger">Is told of requests that are made again.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    /// <exception cref="TargetException">A file of certificates cannot be read.</exception>
    public WebhookTarget(WebhookTargetOptions options, TimeProvider? time = null, ILogger<WebhookTarget>? logger = null)
        : this(options, time, logger, resolve: null)
    {
    }

    /// <summary>Makes a target that is told the addresses of names.</summary>
    internal WebhookTarget(
        WebhookTargetOptions options, TimeProvider? time, ILogger<WebhookTarget>? logger, Func<string, CancellationToken, Task<System.Net.IPAddress[]>>? resolve)
    {
        PartOptions.Require(options);
        _options = options;
        _signature = new WebhookSignature(options.Secrets, time ?? TimeProvider.System);
        try
        {
            _service = new ServiceClient("Webhook target", options, time ?? TimeProvider.System, logger ?? NullLogger<WebhookTarget>.Instance, resolve);
        }
        catch (HttpFaultException fault)
        {
            throw new TargetException($"Webhook target: {fault.Message}", fault.Fault, fault);
        }
    }

    /// <inheritdoc/>
    public bool Handles(string type, TargetChangeKind kind) => _options.Types.Count == 0 || _options.Types.ContainsKey(type);

    /// <inheritdoc/>
    /// <exception cref="HermesConfigurationException">The options do not fit the types of the client; holds all that is wrong.</exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (ToldAttributes.Errors(_options, types) is { Count: > 0 } errors)
            throw new HermesConfigurationException(errors);
        foreach (var type in types)
            _told[type.Name] = new ToldAttributes(type, _options.Types.TryGetValue(type.Name, out var options) ? options : null);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(context);
        if (Handles(change.Type, change.Kind) && _told.TryGetValue(change.Type, out var told)
            && WebhookMessage.TryMake(change, told, context.ChangeId, _options) is { } message)
        {
            await TargetFailures.TranslateAsync(change, () => SendAsync(message, context.ChangeId, cancellationToken));
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _service.Dispose();

    private async Task SendAsync(WebhookMessage message, string id, CancellationToken cancellationToken)
    {
        if (_isGone)
            throw NoMore();
        var request = new WebRequest(HttpMethod.Post, _service.Root, "*/*", message.Body) { BodyType = message.MediaType, Sign = Sign };
        var answer = await _service.SendAsync(request, IsAnswer, cancellationToken);
        if (answer.Status == Gone)
        {
            _isGone = true;
            throw NoMore();
        }

        if (answer.Status >= 400)
            throw Fault($"The receiver refuses the message (status {answer.Status}). What follows about the entry waits for it.");

        void Sign(HttpRequestMessage attempt)
        {
            foreach (var (name, value) in message.Headers)
                attempt.Headers.TryAddWithoutValidation(name, value);
            _signature.Sign(attempt, id, message.Body);
        }
    }

    // What the receiver says of a message, not of its own trouble, is final.
    private static bool IsAnswer(int status) => status is (>= 200 and < 300) or (>= 400 and < 500 and not 401 and not 408 and not 425 and not 429);

    private HttpFaultException NoMore() =>
        Fault($"The receiver wants no more messages (status {Gone}), and gets none until this client is started again. Correct Address, or remove this target.");

    private HttpFaultException Fault(string text) => new HttpFaultException(text, FaultKind.Permanent).At(_service.Root);
}
