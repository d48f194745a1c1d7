using System.Collections.Concurrent;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Http.Tests.Servers;
using Hermes.Http.Webhook;
using Hermes.Testing.Contracts.Targets;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace Hermes.Http.Tests.Webhook;

/// <summary>
/// A receiver that takes only what a verifier of somebody else finds signed, drops what it has got already, and mirrors the entries it is told of.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ConcurrentDictionary<(string Type, EntryKey Key), Mirrored> _entries = new();
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Told> _told = new();
    private TestService _service = null!;

    public string Address => _service.Address;

    /// <summary>All that was sent here.</summary>
    public IReadOnlyList<HeardRequest> Requests => _service.Requests;

    /// <summary>What was taken, in order, without what came again.</summary>
    public IReadOnlyList<Told> Taken => [.. _told];

    /// <summary>Answers in the place of the receiver if it gives a status; it may have taken the message before that is told.</summary>
    public Func<Told, int?> Refuse { get; set; } = _ => null;

    /// <summary>Is awaited between taking a message and the answer.</summary>
    public Func<Told, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>The secret that it knows.</summary>
    public string VerifyWith { get; set; } = Secret;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver._service = await TestService.StartAsync((context, _) => receiver.TakeAsync(context));
        return receiver;
    }

    /// <summary>The entries of a type that are live.</summary>
    public IReadOnlyDictionary<EntryKey, Entry> Live(string type) =>
        _entries.Where(entry => entry.Key.Type == type && !entry.Value.IsTrashed).ToDictionary(entry => entry.Key.Key, entry => entry.Value.Entry);

    public bool HasSecret(EntryKey key, string secret) => _entries.TryGetValue((ContractTypes.People, key), out var entry) && entry.Secret == secret;

    public WebhookTargetOptions Options(Action<WebhookTargetOptions>? configure = null)
    {
        var options = new WebhookTargetOptions { Address = Address, Retries = 0, Secrets = { Secret } };
        configure?.Invoke(options);
        return options;
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = context.Heard().Body;
        if (!IsSigned(context.Request.Headers, body))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var told = Told.Of(context.Request.Headers["webhook-id"].ToString(), body);
        if (Refuse(told) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        if (_known.TryAdd(told.Id, body))
        {
            _told.Enqueue(told);
            Take(told);
        }

        await BeforeAnswer(told);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // One of several signatures is enough; the verifier knows headers with one.
    private bool IsSigned(IHeaderDictionary headers, string body) => headers["webhook-signature"].ToString().Split(' ').Any(signature =>
    {
        try
        {
            new StandardWebhook(VerifyWith).Verify(body, new HeaderDictionary
            {
                ["webhook-id"] = headers["webhook-id"],
                ["webhook-timestamp"] = headers["webhook-timestamp"],
                ["webhook-signature"] = signature,
            });
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    });

    private void Take(Told told)
    {
        var id = (told.Type, told.Key);
        var before = _entries.GetValueOrDefault(id);
        if (told.Kind == "removed")
        {
            _entries.TryRemove(id, out _);
            return;
        }

        var secret = told.Removed.Contains("code") ? null : told.Entry.Get("code") is { IsSet: true } given ? given.AsString() : before?.Secret;
        _entries[id] = new Mirrored(Entry.Create(told.Entry.Where(attribute => attribute.Key != "code")), secret, told.Kind == "trashed");
    }

    private sealed record Mirrored(Entry Entry, string? Secret, bool IsTrashed);
}

/// <summary>A message as its receiver reads it.</summary>
internal sealed record Told(string Id, string Type, string Kind, EntryKey Key, Entry Entry, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed)
{
    public static Told Of(string id, string body)
    {
        using var json = JsonDocument.Parse(body);
        var (type, data) = (json.RootElement.GetProperty("type").GetString()!, json.RootElement.GetProperty("data"));
        EntryKey.TryCreate(PlainJson.Read(data.GetProperty("key")), out var key).Should().BeTrue();
        var dot = type.LastIndexOf('.');
        return new Told(id, type[..dot], type[(dot + 1)..], key, Entry.Create(PlainJson.ReadMembers(data.GetProperty("entry"))), Names("changed"), Names("removed"));

        string[] Names(string member) => data.TryGetProperty(member, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
    }

    public override string ToString() => $"{Kind} {Type}[{Key}]";
}
