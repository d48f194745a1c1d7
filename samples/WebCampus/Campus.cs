using Hermes.Http.Connection;
using Hermes.Http.Scim;
using Hermes.Http.Source;
using Microsoft.Extensions.DependencyInjection;

namespace WebCampus;

/// <summary>What Hermes does here: from the registry to the portal, and a word to the receiver.</summary>
internal static class Campus
{
    public const string Server = "campus";
    public const string PortalClient = "portal";
    public const string ReceiverClient = "receiver";

    private static readonly string[] PersonAttributes = ["id", "login", "given", "family", "mail"];

    public static void Add(IServiceCollection services, string folder, string address, Registry registry, Portal portal, Receiver receiver)
    {
        var bus = Path.Combine(folder, "bus.db");
        services.AddHermesServer(Server, server => server
            .UseSqliteBus(bus)
            .UseSqliteState(Path.Combine(folder, "server.db"))
            .PollEvery(TimeSpan.FromHours(1)) // This sample asks for its polls.
            .InitSyncAtFirstPoll()
            .AddHttpSource("registry", options =>
            {
                options.Address = $"{address}/api";
                options.Authentication = HttpAuthentication.ClientCredentials;
                (options.TokenAddress, options.ClientId, options.ClientSecret) = ($"{address}/oauth/token", Registry.ClientId, registry.ClientSecret);
                (options.Items, options.Proof, options.TotalPointer) = ("/data", ReadProof.Total, "/total");
                (options.Paging, options.PagingParameter, options.SizeParameter, options.PageSize) = (HttpPaging.Offset, "offset", "limit", 20);
                options.Key.Add("id");
            })
            .DataType("People", type => type.Key("id").From("registry", source => source.Fetch("people").MapAll(PersonAttributes)))
            .DataType("Groups", type => type.Key("id").From("registry", source => source.Fetch("groups").MapAll("id", "name")))
            .DataType("Members", type => type
                .Key("group", "user")
                .ForeignKey("group", "Groups", "id")
                .ForeignKey("user", "People", "id")
                .From("registry", source => source.Fetch("members").MapAll("group", "user"))));
        services.AddHermesClient(PortalClient, client => client
            .UseSqliteBus(bus)
            .UseSqliteState(Path.Combine(folder, "portal.db"))
            .Configure(options => options.MaxConcurrency = 8)
            .DataType("People", type => type.From("People").MapAll(PersonAttributes))
            .DataType("Groups", type => type.From("Groups").MapAll("id", "name"))
            .DataType("Members", type => type.From("Members").MapAll("group", "user"))
            .ToScim(options =>
            {
                (options.Address, options.Authentication, options.Token) = (portal.Address, HttpAuthentication.Bearer, portal.Token);
                options.Resources["People"] = new ScimTypeOptions
                {
                    Endpoint = "Users",
                    Attributes =
                    {
                        ["id"] = "externalId", ["login"] = "userName", ["given"] = "name.givenName", ["family"] = "name.familyName", ["mail"] = "emails[work]",
                    },
                };
                options.Resources["Groups"] = new ScimTypeOptions { Endpoint = "Groups", Attributes = { ["id"] = "externalId", ["name"] = "displayName" } };
                options.Memberships["Members"] = new ScimMembershipOptions { Group = "group", Member = "user" };
            }));
        services.AddHermesClient(ReceiverClient, client => client
            .UseSqliteBus(bus)
            .UseSqliteState(Path.Combine(folder, "receiver.db"))
            .DataType("People", type => type.From("People").MapAll("id", "login"))
            .ToWebhook(options =>
            {
                options.Address = $"{address}/told";
                options.Secrets.Add(receiver.Secret);
            }));
    }
}
