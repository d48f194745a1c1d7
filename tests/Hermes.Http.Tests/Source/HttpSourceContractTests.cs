using System.Text;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Source;

public sealed class HttpSourceContractTests : SourceContract
{
    protected override async Task<ITestSource> CreateSourceAsync() => await PagedSource.StartAsync();

    private sealed class PagedSource : ITestSource
    {
        private const string Token = "t0ken-of-the-contract";

        private readonly List<string> _items = [];
        private readonly TestService _service;
        private readonly HttpSource _source;
        private bool _isBroken;

        private PagedSource(TestService service)
        {
            _service = service;
            _source = new HttpSource("people", Options(service.Address));
        }

        public IDataSource Source => _source;

        public IReadOnlySet<ValueKind> Kinds { get; } =
            new HashSet<ValueKind> { ValueKind.Boolean, ValueKind.Integer, ValueKind.Double, ValueKind.String, ValueKind.List, ValueKind.Map };

        public IReadOnlyList<string> Secrets => [Token];

        public static async Task<ITestSource> StartAsync()
        {
            PagedSource? made = null;
            return made = new PagedSource(await TestService.StartAsync((context, _) => made!.AnswerAsync(context)));
        }

        public Task<SourceOperation> StoreAsync(ContractTable table)
        {
            _items.Clear();
            foreach (var row in table.Rows)
            {
                using var buffer = new MemoryStream();
                using (var writer = new Utf8JsonWriter(buffer))
                    PlainJson.WriteMap(writer, table.Columns.Select((column, i) => new KeyValuePair<string, Value>(column.Name, row[i])));
                _items.Add(Encoding.UTF8.GetString(buffer.ToArray()));
            }

            return Task.FromResult(Reads.Fetch("people", [.. table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal)]));
        }

        public async Task<SourceOperation> StoreBrokenAsync()
        {
            var operation = await StoreAsync(ContractTable.People(500));
            _isBroken = true;
            return operation;
        }

        public IDataSource Unreachable() => new HttpSource("people", Options($"http://127.0.0.1:{FreePorts.Next()}"));

        public async ValueTask DisposeAsync()
        {
            _source.Dispose();
            await _service.DisposeAsync();
        }

        private static HttpSourceOptions Options(string address)
        {
            var options = new HttpSourceOptions
            {
                Address = address,
                Authentication = HttpAuthentication.Bearer,
                Token = Token,
                Items = "/items",
                Paging = HttpPaging.Offset,
                PagingParameter = "offset",
                SizeParameter = "limit",
                PageSize = 200,
                Proof = ReadProof.Total,
                TotalPointer = "/total",
                Retries = 0,
                Rereads = 0,
            };
            options.Key.Add("id");
            return options;
        }

        private Task AnswerAsync(HttpContext context)
        {
            var offset = (int)context.Request.Number("offset", 0);
            if (_isBroken && offset >= 300)
                return context.JsonAsync("{}", 404);
            return context.JsonAsync($$"""{"total":{{_items.Count}},"items":[{{string.Join(',', _items.Skip(offset).Take(200))}}]}""");
        }
    }
}
