using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Http.Tests.Source;
using Hermes.Runtime.Registration;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Registration;

public sealed class HttpKindsTests
{
    [Fact]
    public async Task A_source_comes_from_code_or_configuration()
    {
        await using var service = await TestService.StartAsync("""{"items":[{"id":7,"name":{"family":"Lovelace"}}],"total":1}""");
        var server = new RecordingServerBuilder();
        server.AddHttpKinds().AddHttpSource("hr", options =>
        {
            (options.Address, options.Items, options.Proof, options.TotalPointer) = (service.Address, "/items", ReadProof.Total, "/total");
            options.Key.Add("id");
            options.Attributes["family"] = "/name/family";
        });

        var configured = server.Source(
            "Http", ("Kind", "Http"), ("Address", service.Address), ("Items", "/items"), ("Proof", "Total"), ("TotalPointer", "/total"), ("Key", "id"),
            ("Attributes:family", "/name/family"), ("Authentication", "Bearer"), ("Token", "abc"), ("Headers:X-Tenant", "campus"), ("RequestTimeout", "00:00:10"));

        foreach (var source in new[] { server.Source("hr"), configured })
            (await source.ReadAllAsync(Reads.Fetch("", "family", "id"))).Single()["family"].Should().Be(Value.From("Lovelace"));
        service.Requests.Select(request => (request.Header("Authorization"), request.Header("X-Tenant"))).Should().Equal((null, null), ("Bearer abc", "campus"));
    }

    [Fact]
    public void A_proof_must_be_chosen()
    {
        var server = new RecordingServerBuilder();
        server.AddHttpKinds();

        var make = () => server.Source("Http", ("Address", "https://hr.example"), ("Key", "id"));

        make.Should().Throw<HermesConfigurationException>().Which.Errors.Single().Path.Should().Be("Part:Proof");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_setting_that_does_not_fit_the_others_is_told_with_its_path(string setting, Action<HttpSourceOptions> change)
    {
        var make = () => PartOptions.Make<HttpSourceOptions>("Sources:hr", options =>
        {
            (options.Address, options.Proof) = ("https://hr.example/api", ReadProof.TwoPasses);
            options.Key.Add("id");
            change(options);
        });

        var told = make.Should().Throw<HermesConfigurationException>().Which;
        told.Errors.Select(error => error.Path).Should().Contain($"Sources:hr:{setting}");
        told.Message.Should().NotContain("s3cret");
    }

    public static TheoryData<string, Action<HttpSourceOptions>> Mistakes() => new()
    {
        { "Address", options => options.Address = "hr.example" },
        { "Address", options => options.Address = "https://me:s3cret@hr.example" },
        { "Address", options => options.Address = "https://hr.example?key=s3cret" },
        { "Address", options => (options.Address, options.Authentication, options.Token) = ("http://hr.example", HttpAuthentication.Bearer, "s3cret") },
        { "TokenAddress", Client("http://id.example/token") },
        { "TokenAddress", Client("") },
        { "ClientSecret", options => (options.Authentication, options.TokenAddress, options.ClientId) = (HttpAuthentication.ClientCredentials, "https://id.example", "me") },
        { "Password", options => (options.Authentication, options.User) = (HttpAuthentication.Basic, "me") },
        { "User", options => (options.Authentication, options.User, options.Password) = (HttpAuthentication.Basic, "m:e", "s3cret") },
        { "Token", options => (options.Authentication, options.Token) = (HttpAuthentication.Bearer, "s3cret\n") },
        { "Headers:X-Key", options => options.Headers["X-Key"] = "s3cret\r\nX: y" },
        { "Headers", options => options.Headers["X Key"] = "y" },
        { "ApiKeyHeader", options => (options.Authentication, options.ApiKey) = (HttpAuthentication.ApiKey, "s3cret") },
        { "Authentication", options => options.Token = "s3cret" },
        { "ClientKeyFile", options => options.ClientKeyFile = "me.key" },
        { "UseSystemProxy", options => (options.AllowPrivateAddresses, options.UseSystemProxy) = (false, true) },
        { "Key", options => options.Key.Clear() },
        { "Body", options => options.Body = "{}" },
        { "Encoding", options => options.Encoding = "klingon" },
        { "Items", options => options.Items = "items" },
        { "Attributes:mail", options => options.Attributes["mail"] = "/a~2" },
        { "TotalPointer", options => (options.Format, options.Proof, options.TotalPointer) = (HttpItemFormat.Csv, ReadProof.Total, "/total") },
        { "TotalPointer", options => options.Proof = ReadProof.Total },
        { "EndPointer", options => (options.Proof, options.EndValue) = (ReadProof.EndMark, "x") },
        { "EndValue", options => (options.Proof, options.EndPointer) = (ReadProof.EndMark, "/end") },
        { "SnapshotPointer", options => options.Proof = ReadProof.Snapshot },
        {
            "Proof", options => (options.Proof, options.EndPointer, options.EndValue, options.Paging, options.PagingParameter) =
                (ReadProof.EndMark, "/end", "x", HttpPaging.Page, "page")
        },
        { "PagingParameter", options => options.Paging = HttpPaging.Page },
        { "PagingParameter", options => options.PagingParameter = "page" },
        { "NextPointer", options => (options.Paging, options.PagingParameter) = (HttpPaging.Cursor, "c") },
        { "NextPointer", options => options.Paging = HttpPaging.NextLink },
        { "Paging", options => (options.Paging, options.Method) = (HttpPaging.Link, HttpSourceMethod.Post) },
        { "EndStatus", options => options.EndStatus = 404 },
        { "EndStatus", options => (options.Paging, options.PagingParameter, options.EndStatus) = (HttpPaging.Page, "page", 500) },
        { "RequestTimeout", options => options.RequestTimeout = TimeSpan.Zero },
        { "LongestWait", options => options.LongestWait = TimeSpan.FromSeconds(-1) },
    };

    private static Action<HttpSourceOptions> Client(string address) => options => (options.Authentication, options.TokenAddress, options.ClientId, options.ClientSecret) =
        (HttpAuthentication.ClientCredentials, address, "me", "s3cret");
}
