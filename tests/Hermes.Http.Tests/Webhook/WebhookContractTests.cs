using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Webhook;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;
using static Hermes.Testing.Contracts.Targets.ContractTypes;

namespace Hermes.Http.Tests.Webhook;

public sealed class WebhookTargetContractTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await WebhookTestTarget.StartAsync();
}

public sealed class WebhookSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await WebhookTestTarget.StartAsync();
}

/// <summary>People and members as somebody has them who knows of them by webhooks alone.</summary>
internal sealed class WebhookTestTarget(WebhookReceiver receiver) : IFaultyTestTarget
{
    private readonly List<WebhookTarget> _open = [];

    public IClientTarget Target { get; private set; } = null!;

    public IReadOnlyList<string> Secrets => [WebhookReceiver.Secret, WebhookReceiver.Secret["whsec_".Length..]];

    public static async Task<WebhookTestTarget> StartAsync()
    {
        var test = new WebhookTestTarget(await WebhookReceiver.StartAsync());
        test.Target = await test.StartAsync(test.Receiver.Options());
        return test;
    }

    public IClientTarget Unreachable() => StartAsync(Receiver.Options(options => options.Address = $"http://127.0.0.1:{FreePorts.Next()}")).GetAwaiter().GetResult();

    public Task<TargetChange> PrepareRefusedAsync()
    {
        Receiver.Refuse = told => told.Key == EntryKey.Of("bad") ? 422 : null;
        return Task.FromResult<TargetChange>(Added(Person("bad", "Bad", ("code", SecretText))));
    }

    public Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type) => Task.FromResult(Receiver.Live(type));

    public Task<bool> HoldsSecretAsync(EntryKey person, string secret) => Task.FromResult(Receiver.HasSecret(person, secret));

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(target => target.Dispose());
        await Receiver.DisposeAsync();
    }

    private WebhookReceiver Receiver { get; } = receiver;

    private async Task<IClientTarget> StartAsync(WebhookTargetOptions options)
    {
        options.Types[People] = new WebhookTypeOptions();
        options.Types[Members] = new WebhookTypeOptions();
        foreach (var attribute in All[0].Attributes)
            options.Types[People].Attributes.Add(attribute);
        var target = new WebhookTarget(options);
        _open.Add(target);
        await target.StartAsync(All, default);
        return target;
    }
}
