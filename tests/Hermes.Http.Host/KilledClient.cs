using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Http.Connection;
using Hermes.Http.Scim;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Host;

/// <summary>The client that is killed, and what it is known by.</summary>
internal static class KilledClient
{
    public const string Bus = "bus.db";
    public const string Scim = "scim";
    public const string Webhook = "webhook";

    /// <summary>The secrets of a test, which are none.</summary>
    public const string Token = "only-of-a-test";
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    public static void Build(IHermesClientBuilder client, string kind, string folder, Uri address)
    {
        client
            .UseSqliteBus(options => (options.Path, options.PollInterval) = (Path.Combine(folder, Bus), Often))
            .UseSqliteState(Path.Combine(folder, "client.db"))
            .Configure(options =>
            {
                options.TrashbinRetention = TimeSpan.FromDays(1);

                // Who came and went while somebody else had the login would wait for ever with another one.
                options.Remediation = RemediationPolicy.Maximum;
                options.RemovalGuard.Enabled = false;
                options.RetryInterval = TimeSpan.FromMilliseconds(300);
                options.WaitForMessages = Often;
                options.TargetRetryDelay = Often;
            })
            .DataType("Users", type => type.From("Users").MapAll("id", "login", "given", "mail"));
        if (kind == Webhook)
        {
            client.ToWebhook(options =>
            {
                (options.Address, options.Retries) = (address.ToString(), 0);
                options.Secrets.Add(Secret);
            });
            return;
        }

        client
            .ToScim(options => Set(options, address))
            .Configure(options => options.MaxConcurrency = 16)
            .DataType("Groups", type => type.From("Groups").MapAll("id", "name"))
            .DataType("Members", type => type.From("Members").MapAll("group", "user"));
    }

    private static void Set(ScimTargetOptions options, Uri address)
    {
        (options.Address, options.Authentication, options.Token) = (address.ToString(), HttpAuthentication.Bearer, Token);
        (options.Retries, options.MembersPerRequest) = (0, 10);
        options.Resources["Users"] = new ScimTypeOptions
        {
            Endpoint = "Users",
            WhenExists = ScimWhenExists.Adopt,
            Attributes = { ["id"] = "externalId", ["login"] = "userName", ["given"] = "name.givenName", ["mail"] = "emails[work]" },
        };
        options.Resources["Groups"] = new ScimTypeOptions
        {
            Endpoint = "Groups",
            WhenExists = ScimWhenExists.Adopt,
            Attributes = { ["id"] = "externalId", ["name"] = "displayName" },
        };
        options.Memberships["Members"] = new ScimMembershipOptions { Group = "group", Member = "user" };
    }
}
