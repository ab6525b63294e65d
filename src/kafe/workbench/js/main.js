export default {
  render({ model, el }) {
    const view = new (model.get("view") === "consensus" ? Together : Bench)(model);
    view.start(el);
    return () => view.close();
  },
};
